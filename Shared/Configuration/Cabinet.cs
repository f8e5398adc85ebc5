namespace UonOfferum.Shared.Configuration;

/// <summary>Tells U-ON cabinets apart.</summary>
/// <param name="Server">Where its API is.</param>
/// <param name="Number">As its webhooks name it (<c>uon_id</c>), if the settings do.</param>
/// <param name="Key">Its API key; a secret.</param>
public sealed record Cabinet(string Server, string? Number, string Key)
{
    /// <summary>For a hash: may be the key. A number sorts first and survives a new key.</summary>
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
