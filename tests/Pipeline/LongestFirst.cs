using Xunit.Sdk;
using Xunit.v3;

namespace UonOfferum.Tests.Pipeline;

/// <summary>
/// Classes that take a minute or more, mostly of waiting, one test after another: left for the end, they would run alone while a processor
/// rests. The longest first; a class that is missing here costs only time.
/// </summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Longest = ["FailPoint", "DuplicateLead", "Postback", "EditorTests", "CostTests", "DemoTests", "BulkReplay", "OfferumReply", "RepeatTests", "LateRecord"];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(collection => Array.FindIndex(Longest, name => collection.TestCollectionDisplayName.Contains(name, StringComparison.Ordinal)) is var at and >= 0 ? at : Longest.Length)];
}
