namespace UonOfferum.LocalHost.Settings;

/// <summary>The app's folder: the current directory if it holds the app, otherwise the build's output.</summary>
internal static class ContentRoot
{
    public static string Find() =>
        File.Exists(Path.Combine(Environment.CurrentDirectory, "host.json")) ? Environment.CurrentDirectory : AppContext.BaseDirectory;
}
