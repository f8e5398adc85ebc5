// One Azurite for the whole run.
[assembly: AssemblyFixture(typeof(AzuriteFixture))]
[assembly: TestCollectionOrderer(typeof(UonOfferum.Tests.Pipeline.LongestFirst))]
