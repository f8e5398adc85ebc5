namespace UonOfferum.Shared.Configuration;

/// <summary>Identifies a U-ON cabinet.</summary>
/// <param name="Server">The server of its API.</param>
/// <param name="Number">The <c>uon_id</c> of its webhooks, if the settings contain it.</param>
/// <param name="Key">Its API key; a secret.</param>
public sealed record Cabinet(string Server, string? Number, string Key)
{
    /// <summary>The input of a hash: may contain the key. The number is preferred because it survives a new key.</summary>
    internal string Name => Number is null ? $"key|{Server}|{Key}" : $"cabinet|{Server}|{Number}";

    internal bool IsSameAs(Cabinet other) => Server == other.Server && (Key == other.Key || (Number is not null && Number == other.Number));

    /// <summary>Without the key.</summary>
    public override string ToString() => nameof(Cabinet);
}

/// <summary>Settings that name the cabinet a pipeline reads from.</summary>
public interface ICabinetSettings
{
    Cabinet Cabinet { get; }
}
