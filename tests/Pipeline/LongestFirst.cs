using Xunit.Sdk;
using Xunit.v3;

namespace UonOfferum.Tests.Pipeline;

/// <summary>
/// What kills processes takes minutes, mostly of waiting, and one case of a class after another: left for the end, it would run alone while a
/// processor rests.
/// </summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(collection => collection.TestCollectionDisplayName.Contains("FailPoint", StringComparison.Ordinal) ? 0 : 1)];
}
