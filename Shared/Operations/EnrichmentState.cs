namespace UonOfferum.Shared.Operations;

/// <summary>The state of an operation's enrichment.</summary>
public enum EnrichmentState
{
    /// <summary>The next fetch from U-ON is scheduled.</summary>
    Waiting,

    /// <summary>Waits for U-ON's circuit breaker to close.</summary>
    Held,

    /// <summary>The record has been read; the deliveries determine the operation's state.</summary>
    Enriched,

    /// <summary>Not for sale: filtered, too old. Evaluated again at the next webhook.</summary>
    Skipped,

    /// <summary>The record could not be read, or cannot be sold in its current form.</summary>
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

    /// <summary>The record will be fetched again automatically; until then the deliveries it is fetched for are suspended.</summary>
    public static bool IsInProgress(this EnrichmentState state) => state is EnrichmentState.Waiting or EnrichmentState.Held;

    /// <summary>Earlier versions wrote Delivered for a manually entered order; its deliveries have the same state.</summary>
    internal static EnrichmentState Read(string stored) =>
        stored == nameof(OperationState.Delivered) ? EnrichmentState.Enriched : Enum.Parse<EnrichmentState>(stored);
}
