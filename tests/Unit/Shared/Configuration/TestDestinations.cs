using Microsoft.Extensions.Configuration;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Fields;

namespace UonOfferum.Tests.Unit.Shared.Configuration;

/// <summary>Reads the section of one destination as the app does.</summary>
internal static class TestDestinations
{
    public static (T Settings, IReadOnlyList<string> Errors) Read<T>(
        string section, Func<SettingsReader, IReadOnlyCollection<string>, T> read, IEnumerable<(string Key, string Value)> settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create($"{section}:{s.Key}", (string?)s.Value)))
            .Build();
        var errors = new List<string>();
        return (read(new SettingsReader(configuration.GetSection(section), errors), FieldDefaults.Names), errors);
    }
}
