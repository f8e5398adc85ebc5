namespace UonOfferum.Tests.Browser;

/// <summary>Where this project's files are: npm's packages lie beside them.</summary>
internal static class Sources
{
    public static string Root { get; } = Find();

    public static string Folder { get; } = Path.Combine(Root, "tests", "Browser");

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "UonOfferum.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("These tests need npm's packages: run them from a build inside the repository.");
        }

        return folder.FullName;
    }
}
