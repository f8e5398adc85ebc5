using ArchUnitNET.Fluent.Slices;
using ArchUnitNET.Loader;
using ArchUnitNET.xUnitV3;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.Destinations.AmoCrm;
using UonOfferum.LocalHost;
using UonOfferum.OfferumSenderFunction.Postbacks;
using UonOfferum.OperationsFunction.Alerts;
using UonOfferum.OperationsFunction.Failures;
using UonOfferum.OperationsFunction.Hooks;
using UonOfferum.OperationsFunction.Queries;
using UonOfferum.OperationsFunction.Replays;
using UonOfferum.OperationsFunction.Retention;
using UonOfferum.OperationsFunction.Statistics;
using UonOfferum.Shared.CircuitBreakers;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Jobs;
using UonOfferum.Shared.Limits;
using UonOfferum.Shared.Revisions;
using UonOfferum.Shared.Secrets;
using UonOfferum.Shared.Storage;
using UonOfferum.UonWebhookFunction.Enrichment;
using UonOfferum.UonWebhookFunction.Reconcile;
using static ArchUnitNET.Fluent.ArchRuleDefinition;
using Loaded = ArchUnitNET.Domain.Architecture;
using Type = System.Type;

namespace UonOfferum.Tests.Unit.Architecture;

/// <summary>Which folder may know which, read from what the compiler made of them.</summary>
public sealed class RoomTests
{
    /// <summary>Beside the journal: each keeps rows of its own kind in the journal's table, or a table of its own.</summary>
    private static readonly Type[] TableUsers =
    [
        typeof(StorageClients), typeof(CircuitBreakerStore),
        typeof(OpenOperations), typeof(OperationSearch), typeof(UnreadableMessages), typeof(AgedOperations), typeof(AgedRows),
        typeof(AlertStore), typeof(HookStore), typeof(BulkRunStore<>), typeof(Counters), typeof(HourCounter), typeof(HourlyRollUp), typeof(LastWebhook),
        typeof(UnmatchedPostbacks), typeof(CheckpointStore), typeof(AmoTokens), typeof(JobStore), typeof(LaneStore),
        // The table "pipelines" has a room of its own, and the secrets stand in it.
        typeof(PipelineTable), typeof(RevisionRows), typeof(RevisionStore), typeof(IgnoredWebhooks), typeof(ComparisonStore), typeof(ProtectedSecrets), typeof(KeyRing),
    ];

    private static readonly Loaded App = new ArchLoader().LoadAssemblies(typeof(UonOfferumApp).Assembly).Build();
    private static readonly Loaded AppAndHost = new ArchLoader().LoadAssemblies(typeof(UonOfferumApp).Assembly, typeof(LocalHostApp).Assembly).Build();

    /// <summary>Stages and destinations, each a folder of its own.</summary>
    private static IReadOnlyList<string> Rooms =>
        [.. Repository.Stages.Concat(Repository.Destinations).Select(folder => "UonOfferum." + folder.Replace('/', '.'))];

    [Theory]
    [InlineData("UonOfferum.Shared.(*)..", 11)]
    [InlineData("UonOfferum.OperationsFunction.(*)..", 15)]
    [InlineData("UonOfferum.UonWebhookFunction.(*)..", 6)]
    [InlineData("UonOfferum.OfferumSenderFunction.(*)..", 1)]
    [InlineData("UonOfferum.LocalHost.(*)..", 9)]
    public void Folders_form_no_cycle(string folders, int atLeast)
    {
        var slices = SliceRuleDefinition.Slices().Matching(folders);

        Assert.True(slices.GetObjects(AppAndHost).Count() >= atLeast);
        slices.Should().BeFreeOfCycles().Check(AppAndHost);
    }

    [Fact]
    public void Stages_and_destinations_never_know_each_other_and_Shared_knows_none()
    {
        Assert.InRange(Rooms.Count, 7, 30);
        foreach (var room in Rooms.Append("UonOfferum.Shared"))
        {
            var others = string.Join('|', Rooms.Where(other => other != room).Select(other => other.Replace(".", "\\.", StringComparison.Ordinal)));
            Types().That().ResideInNamespaceOrBelow(room)
                .Should().NotDependOnAny(Types().That().ResideInNamespaceMatching($"^({others})(\\..*)?$"))
                .Check(App);
            // Nor what puts them together: no folder at the top is in a cycle.
            Types().That().ResideInNamespaceOrBelow(room).Should().NotDependOnAny(typeof(UonOfferumApp)).Check(App);
        }
    }

    [Fact]
    public void Functions_know_no_storage()
    {
        var functions = AppFunctions.All.Select(function => function.Type);

        Types().That().Are(functions)
            .Should().NotDependOnAny(Types().That().ResideInNamespaceMatching(@"^UonOfferum\.Shared\.(Journal|Storage)$"))
            .Check(App);
    }

    [Fact]
    public void Table_types_stay_in_the_journal_and_the_stores_beside_it() =>
        Assert.Empty(UsersOutside("UonOfferum.Shared.Journal", "Azure.Data.Tables").Except(TableUsers.Select(type => type.FullName!)));

    [Fact]
    public void Queue_types_stay_in_Messaging_and_the_functions_that_a_queue_triggers()
    {
        IEnumerable<Type> known =
            [typeof(StorageClients), typeof(FailureRecorder), typeof(QueuedDelivery), typeof(RecordEnricher), .. AppFunctions.All.Where(function => function.Trigger is QueueTriggerAttribute).Select(function => function.Type)];

        Assert.Empty(UsersOutside("UonOfferum.Shared.Messaging", "Azure.Storage.Queues").Except(known.Select(type => type.FullName!)));
    }

    /// <summary>The types outside a room that use anything of a library, a nested one as the type it stands in.</summary>
    private static List<string> UsersOutside(string room, string library)
    {
        var users = App.Types
            .Where(type => type.Dependencies.Any(dependency => dependency.Target.FullName.StartsWith(library + ".", StringComparison.Ordinal)))
            .Select(type => type.FullName.Split('+')[0])
            // What the worker's generator makes stands in the root namespace.
            .Where(name => name.StartsWith("UonOfferum.", StringComparison.Ordinal) && name.Count(character => character == '.') > 1)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        Assert.Contains(users, user => user.StartsWith(room + ".", StringComparison.Ordinal));
        return users.FindAll(user => !user.StartsWith(room + ".", StringComparison.Ordinal));
    }
}
