namespace UonOfferum.Tests.Unit;

public sealed class SmokeTests
{
    [Fact]
    public void Record_kinds_have_names() => Assert.Equal("lead", UonOfferum.Shared.Records.RecordKindNames.Name(UonOfferum.Shared.Records.RecordKind.Lead));
}
