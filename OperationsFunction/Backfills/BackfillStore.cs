using UonOfferum.OperationsFunction.Replays;
using UonOfferum.Shared.Journal;

namespace UonOfferum.OperationsFunction.Backfills;

/// <summary>Keeps backfills in partition <c>backfills</c> of the journal table.</summary>
public sealed class BackfillStore(JournalTable table) : BulkRunStore<Backfill>(table, "backfills", "Backfill", BackfillContext.Default.Backfill);
