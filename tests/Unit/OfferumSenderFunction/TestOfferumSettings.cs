using Microsoft.Extensions.Configuration;
using UonOfferum.OfferumSenderFunction;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Fields;

namespace UonOfferum.Tests.Unit.OfferumSenderFunction;

/// <summary>Reads settings as the app does, over a key and a flow that nobody has.</summary>
internal static class TestOfferumSettings
{
    public static (OfferumSettings Settings, IReadOnlyList<string> Errors) Read(params (string Key, string Value)[] settings)
    {
        var values = new Dictionary<string, string?> { ["Offerum:ApiKey"] = "offerum-test-key", ["Offerum:Flow"] = "zkVz" };
        foreach (var (key, value) in settings)
        {
            values[$"Offerum:{key}"] = value;
        }

        var errors = new List<string>();
        var section = new ConfigurationBuilder().AddInMemoryCollection(values).Build().GetSection("Offerum");
        return (OfferumSettings.Read(new SettingsReader(section, errors), FieldDefaults.Names), errors);
    }
}
