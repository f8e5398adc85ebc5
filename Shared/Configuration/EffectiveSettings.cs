namespace UonOfferum.Shared.Configuration;

/// <param name="Key">Below <c>Pipelines:{name}:</c>.</param>
/// <param name="Value">As text; a secret is masked; "" when there is none.</param>
/// <param name="IsDefault">It is not configured.</param>
public sealed record EffectiveSetting(string Key, string Value, bool IsDefault)
{
    /// <summary>Whether the setting is a secret, which is stored in the vault when the pipeline is made on the page.</summary>
    public bool IsSecret { get; init; }
}

/// <summary>Records the effective value of each setting of one pipeline, so that operators see the values that apply.</summary>
public sealed class EffectiveSettings(string root)
{
    public const string Hidden = "•••";

    private static readonly string[] Secrets = ["Secret", "ApiKey", "Token"];

    private readonly OrderedDictionary<string, EffectiveSetting> _settings = new(StringComparer.OrdinalIgnoreCase);

    private readonly HashSet<string> _hidden = new(StringComparer.OrdinalIgnoreCase);

    private readonly Dictionary<string, string> _shown = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyCollection<EffectiveSetting> All => _settings.Values;

    /// <summary>Marks the value of this setting as a secret, whatever its name.</summary>
    /// <param name="path">The whole key.</param>
    public void Hide(string path) => _hidden.Add(path);

    /// <summary>Sets the text that is shown for a setting whose value may contain a secret.</summary>
    public void Show(string path, string value) => _shown[path] = value;

    /// <param name="path">The whole key.</param>
    /// <param name="value">As text.</param>
    /// <param name="isDefault">It is not configured.</param>
    public void Put(string path, string value, bool isDefault)
    {
        var key = path[(root.Length + 1)..];
        var isSecret = _hidden.Contains(path) || Secrets.Contains(key[(key.LastIndexOf(':') + 1)..], StringComparer.OrdinalIgnoreCase);
        _settings[key] = new EffectiveSetting(key, isSecret && value.Length > 0 ? Hidden : _shown.GetValueOrDefault(path, value), isDefault)
        {
            IsSecret = _hidden.Contains(path) || (isSecret && IsOwn(key)),
        };
    }

    /// <summary>A form's or a record's field may be called "token", too: only a setting directly below its section is a secret.</summary>
    private static bool IsOwn(string key) => key.Count(c => c == ':') == 1 && !key.StartsWith("Fields:", StringComparison.OrdinalIgnoreCase);
}
