namespace UonOfferum.Shared.Operations;

/// <summary>Where the enrichment of an operation stands.</summary>
public enum EnrichmentState
{
    /// <summary>The next look at U-ON is known.</summary>
    Waiting,

    /// <summary>Waits for U-ON's circuit breaker to close.</summary>
    Held,

    /// <summary>The record is read; the deliveries carry the story.</summary>
    Enriched,

    /// <summary>Not for sale: filtered, too old. Looked at again at the next webhook.</summary>
    Skipped,

    /// <summary>The record could not be read, or cannot be sold as it is.</summary>
    Failed,

    /// <summary>An operator discarded the operation before its record was read.</summary>
    Discarded,
}

public static class EnrichmentStates
{
    /// <summary>As the operation shows it.</summary>
    public static OperationState Shown(this EnrichmentState state) => state switch
    {
        EnrichmentState.Waiting => OperationState.Waiting,
        EnrichmentState.Held => OperationState.Held,
        EnrichmentState.Enriched => OperationState.Enriched,
        EnrichmentState.Skipped => OperationState.Skipped,
        EnrichmentState.Failed => OperationState.Failed,
        EnrichmentState.Discarded => OperationState.Discarded,
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "Not a state of an enrichment."),
    };

    /// <summary>The record will be looked at again by itself; until then the deliveries it is fetched for rest.</summary>
    public static bool IsUnderWay(this EnrichmentState state) => state is EnrichmentState.Waiting or EnrichmentState.Held;

    /// <summary>Earlier versions wrote Delivered for an order that was entered by hand; its deliveries say the same.</summary>
    internal static EnrichmentState Read(string stored) =>
        stored == nameof(OperationState.Delivered) ? EnrichmentState.Enriched : Enum.Parse<EnrichmentState>(stored);
}
