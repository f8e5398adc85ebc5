namespace UonOfferum.Shared.Configuration;

/// <summary>Identifies a U-ON cabinet.</summary>
/// <param name="Server">The server of its API.</param>
/// <param name="Number">The <c>uon_id</c> of its webhooks, if the settings contain it.</param>
/// <param name="Key">Its API key; a secret.</param>
public sealed record Cabinet(string Server, string? Number, string Key)
{
    /// <summary>The inputs of hashes: one contains the key. The number survives a new key; the key is what pipelines without a number have in common.</summary>
    internal IEnumerable<string> Names => Number is null ? [$"key|{Server}|{Key}"] : [$"cabinet|{Server}|{Number}", $"key|{Server}|{Key}"];

    internal bool IsSameAs(Cabinet other) => Server == other.Server && (Key == other.Key || (Number is not null && Number == other.Number));

    /// <summary>Without the key.</summary>
    public override string ToString() => nameof(Cabinet);
}

/// <summary>Settings that name the cabinet a pipeline reads from.</summary>
public interface ICabinetSettings
{
    Cabinet Cabinet { get; }
}
