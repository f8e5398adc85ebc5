using Microsoft.Extensions.Configuration;
using UonOfferum.OfferumSenderFunction;
using UonOfferum.Shared.Configuration;
using UonOfferum.UonWebhookFunction.Uon;

namespace UonOfferum.Tests.Unit.Shared.Configuration;

/// <summary>Reads pipelines as the app does, with secrets nobody has.</summary>
internal static class TestPipelines
{
    public const string WebhookSecret = "webhook-secret-0123456789";
    public const string UonKey = "uon-test-key";

    private static readonly (string Key, string Value)[] Least =
    [
        ("Webhook:Secret", WebhookSecret), ("Uon:ApiKey", UonKey), ("Offerum:ApiKey", "offerum-test-key"), ("Offerum:Flow", "zkVz"),
    ];

    /// <summary>One pipeline <c>main</c> with the least it needs, under the given settings; an empty value takes one away.</summary>
    public static Pipeline One(params (string Key, string Value)[] settings) => Read(Under("main", [.. Least, .. settings])).Get("main");

    public static IReadOnlyList<string> Errors(params (string Key, string Value)[] settings) =>
        ErrorsOf(Under("main", [.. Least, .. settings]));

    public static IReadOnlyList<string> ErrorsOf(IEnumerable<(string Key, string Value)> settings) =>
        Assert.Throws<PipelineConfigurationException>(() => Read(settings)).Errors;

    public static IEnumerable<(string Key, string Value)> Under(string pipeline, IEnumerable<(string Key, string Value)> settings) =>
        settings.Select(s => ($"Pipelines:{pipeline}:{s.Key}", s.Value));

    public static IEnumerable<(string Key, string Value)> Whole(string pipeline) => Under(pipeline, Least);

    public static PipelineCatalog Read(IEnumerable<(string Key, string Value)> settings, params string[] problems) => PipelineReader.Read(
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.GroupBy(s => s.Key, s => s.Value).Select(s => KeyValuePair.Create(s.Key, (string?)s.Last())))
            .Build(),
        problems,
        [new SettingsPart(UonSettings.Section, (reader, _) => UonSettings.Read(reader)), new SettingsPart(OfferumSettings.Section, OfferumSettings.Read) { Destination = OfferumDestination.DestinationName }]);
}
