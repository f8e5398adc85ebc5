using System.Text.Json.Serialization;
using UonOfferum.Shared.Journal;

namespace UonOfferum.OperationsFunction.Replays;

/// <summary>Keeps replays in partition <c>replays</c> of the journal table.</summary>
public sealed class ReplayStore(JournalTable table) : BulkRunStore<Replay>(table, "replays", "Replay", ReplayContext.Default.Replay);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, PropertyNameCaseInsensitive = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(Replay))]
[JsonSerializable(typeof(ReplayView))]
[JsonSerializable(typeof(ReplayPreview))]
internal sealed partial class ReplayContext : JsonSerializerContext;

/// <summary>Refuses members it does not know: a restriction that is not understood would replay more than was meant.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, PropertyNameCaseInsensitive = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(ReplayRequest))]
internal sealed partial class ReplayRequestContext : JsonSerializerContext;
