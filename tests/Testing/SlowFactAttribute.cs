using System.Runtime.CompilerServices;
using Xunit;
using Xunit.v3;

namespace UonOfferum.Testing;

/// <summary>Whether tests that kill processes, wait long or drive a browser run: in CI they do.</summary>
public static class SlowTests
{
    public const string Reason = "Slow: kills, outages, long waits or a browser. CI runs it; by hand: CI=true dotnet test.";

    public static bool AreOn { get; } = Environment.GetEnvironmentVariable("CI") == "true";

    internal static readonly IReadOnlyCollection<KeyValuePair<string, string>> Traits = [new("Category", "Slow")];
}

/// <summary>A <c>Fact</c> of the category Slow.</summary>
public sealed class SlowFactAttribute : FactAttribute, ITraitAttribute
{
    public SlowFactAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber) =>
        (Skip, SkipUnless, SkipType) = (SlowTests.Reason, nameof(SlowTests.AreOn), typeof(SlowTests));

    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => SlowTests.Traits;
}

/// <summary>A <c>Theory</c> of the category Slow.</summary>
public sealed class SlowTheoryAttribute : TheoryAttribute, ITraitAttribute
{
    public SlowTheoryAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber) =>
        (Skip, SkipUnless, SkipType) = (SlowTests.Reason, nameof(SlowTests.AreOn), typeof(SlowTests));

    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => SlowTests.Traits;
}
