namespace UonOfferum.Shared.Pipelines;

/// <param name="Key">Below <c>Pipelines:{name}:</c>.</param>
/// <param name="Value">As text; a secret is masked; "" when there is none.</param>
/// <param name="IsDefault">Nobody set it.</param>
public sealed record SettingInForce(string Key, string Value, bool IsDefault);

/// <summary>Notes what each setting of one pipeline came to, so that people see what is in force and not what they believe they wrote.</summary>
public sealed class SettingsInForce(string root)
{
    public const string Hidden = "•••";

    private static readonly string[] Secrets = ["Secret", "ApiKey", "Token"];

    private readonly OrderedDictionary<string, SettingInForce> _settings = new(StringComparer.OrdinalIgnoreCase);

    private readonly HashSet<string> _hidden = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyCollection<SettingInForce> All => _settings.Values;

    /// <summary>The value of this setting is a secret, whatever its name.</summary>
    /// <param name="path">The whole key.</param>
    public void Hide(string path) => _hidden.Add(path);

    /// <param name="path">The whole key.</param>
    /// <param name="value">As text.</param>
    /// <param name="isDefault">Nobody set it.</param>
    public void Put(string path, string value, bool isDefault)
    {
        var key = path[(root.Length + 1)..];
        var isSecret = _hidden.Contains(path) || Secrets.Contains(key[(key.LastIndexOf(':') + 1)..], StringComparer.OrdinalIgnoreCase);
        _settings[key] = new SettingInForce(key, isSecret && value.Length > 0 ? Hidden : value, isDefault);
    }
}
