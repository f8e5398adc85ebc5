// One Azurite for the whole run.
[assembly: AssemblyFixture(typeof(AzuriteFixture))]
