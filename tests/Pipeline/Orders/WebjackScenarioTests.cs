using System.Globalization;
using Microsoft.Extensions.Configuration;
using UonOfferum.Simulators;

namespace UonOfferum.Tests.Pipeline.Orders;

/// <summary>The source document's scenario, transcribed block by block into the file that docs/from-webjack.md shows.</summary>
public sealed class WebjackScenarioTests(AzuriteFixture azurite)
{
    private const string Name = "offerum";

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task The_transcribed_scenario_makes_the_order_of_the_source_document(string method)
    {
        var setup = new PipelineAppSetup { Pipelines = [Name], Settings = Scenario() };
        await using var app = await PipelineApp.StartAsync(azurite, setup);
        var created = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().AddHours(-3).ToUnixTimeSeconds());
        var record = UonRecord.Request(9001, created).With("client_phone_mobile", "8 (996) 100-90-01").With("client_name", "Анна").With("source", "Сайт");
        app.Uon.Requests.Put(record);

        // The one parameter of the source document's webhook, and nothing beside it.
        using var request = method == "GET"
            ? new HttpRequestMessage(HttpMethod.Get, $"uon/{Name}/{PipelineApp.Secret}?r_id=9001")
            : new HttpRequestMessage(HttpMethod.Post, $"uon/{Name}/{PipelineApp.Secret}") { Content = new FormUrlEncodedContent([new("r_id", "9001")]) };
        using var answer = await app.Http.SendAsync(request);
        Assert.Equal(System.Net.HttpStatusCode.OK, answer.StatusCode);
        var story = await app.WaitForAsync($"{Name}/request/9001", "Delivered");

        var order = Assert.Single(app.Offerum.Orders);
        Assert.Equal("POST", order.Method);
        Assert.Equal("application/x-www-form-urlencoded", order.ContentType);
        Assert.Equal(
            [new("key", OfferumSimulator.DefaultKey), new("flow", "zkVz"), new("source", "Сайт"), new("subid", "request-9001")],
            order.Query);
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["default_country"] = "RU",
                ["phone"] = "+79961009001",
                ["name"] = "Анна",
                ["user_ip"] = "203.0.113.7",
                ["user_agent"] = "Mozilla/5.0",
                ["order_time"] = created.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            },
            order.Form);
        Assert.All(
            FieldsOfTheSourceDocument.Where(field => record.Text(field) is not null),
            field => Assert.NotNull(story.Field(field)));
    }

    private static readonly string[] FieldsOfTheSourceDocument =
    [
        "id", "dat_lead", "dat", "dat_close", "status_id", "status", "office_id", "office_name", "travel_type_id", "travel_type",
        "manager_id", "manager_surname", "manager_sname", "manager_name", "source_id", "source",
    ];

    /// <summary>The file as it is; only where the two services are, and how fast, is the test's.</summary>
    private static (string Key, string? Value)[] Scenario() =>
    [
        .. new ConfigurationBuilder().AddJsonFile(Path.Combine(AppContext.BaseDirectory, "examples/from-webjack/pipelines.json")).Build().AsEnumerable()
            .Where(setting => setting.Value is not null && !setting.Key.EndsWith(":BaseAddress", StringComparison.Ordinal))
            .Select(setting => (setting.Key, setting.Value)),
    ];
}
