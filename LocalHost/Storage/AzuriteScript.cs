namespace UonOfferum.LocalHost.Storage;

/// <summary>Finds the script that the build installed by npm, from any folder below the repository's root.</summary>
internal static class AzuriteScript
{
    private static readonly string Entry = Path.Combine("node_modules", "azurite", "dist", "src", "azurite.js");

    public static string Find() =>
        Places().Select(place => Path.Combine(place, Entry)).FirstOrDefault(File.Exists)
        ?? throw new LocalHostException(
            "Azurite, the storage emulator, is not installed: install Node.js with npm and run `dotnet build` again, "
            + "or set AzureWebJobsStorage to the connection string of a storage account.");

    private static IEnumerable<string> Places()
    {
        foreach (var start in new[] { AppContext.BaseDirectory, Environment.CurrentDirectory })
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                yield return Path.Combine(folder.FullName, "LocalHost");
                yield return folder.FullName;
            }
        }
    }
}
