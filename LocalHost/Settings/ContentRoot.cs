namespace UonOfferum.LocalHost.Settings;

/// <summary>The app's folder: where one stands if that is it, else where the build put the app.</summary>
internal static class ContentRoot
{
    public static string Find() =>
        File.Exists(Path.Combine(Environment.CurrentDirectory, "host.json")) ? Environment.CurrentDirectory : AppContext.BaseDirectory;
}
