namespace UonOfferum.LocalHost.Settings;

/// <param name="Url">Where to listen.</param>
/// <param name="Once">End after the demo.</param>
/// <param name="Help">Only print the usage.</param>
internal sealed record CommandLine(Uri Url, bool Once, bool Help)
{
    /// <summary>Start without the demo although there is no pipeline: the first one is created on the page.</summary>
    public bool NoDemo { get; init; }

    public const string Usage = """
        Runs the function app on this machine, without Azure.

          dotnet run --project LocalHost [-- options]

          --urls <address>   where to listen (http://127.0.0.1:7071); port 0: any free port
          --once             exit after the demo: exit code 0 if the order was delivered
          --no-demo          start without a pipeline: the first one is created on the page
          --help             this text

        With no pipeline in the settings (Pipelines__main__… or pipelines.json) it runs the demo, on this machine only.
        Settings: LocalHost__FunctionKey (generated if not set), LocalHost__MessageLock (00:10:00), AzureWebJobsStorage
        (if not set: Azurite, data in .azurite/).
        """;

    private static readonly Uri Default = new("http://127.0.0.1:7071");

    /// <exception cref="LocalHostException">An option is unknown or lacks its value.</exception>
    public static CommandLine Parse(IReadOnlyList<string> args)
    {
        var line = new CommandLine(Default, Once: false, Help: false);
        for (var i = 0; i < args.Count; i++)
        {
            line = args[i] switch
            {
                "--once" => line with { Once = true },
                "--no-demo" => line with { NoDemo = true },
                "--help" or "-h" or "-?" => line with { Help = true },
                "--urls" => line with { Url = Address(i + 1 < args.Count ? args[++i] : "") },
                var option when option.StartsWith("--urls=", StringComparison.Ordinal) => line with { Url = Address(option["--urls=".Length..]) },
                var unknown => throw new LocalHostException($"'{unknown}' is not an option. See --help."),
            };
        }

        return line;
    }

    private static Uri Address(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttp && uri.PathAndQuery == "/"
            ? uri
            : throw new LocalHostException($"--urls needs an address such as {Default}, not '{text}'.");
}
