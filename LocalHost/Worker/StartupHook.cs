using System.Diagnostics;

/// <summary>
/// Runs in the worker's process before its <c>Main</c> (<c>DOTNET_STARTUP_HOOKS</c>). LocalHost holds the other end of the standard
/// input: when that closes, LocalHost has ended for whatever reason, and the worker must not outlive it.
/// </summary>
#pragma warning disable CA1050, MA0047 // The runtime looks for exactly this name, outside any namespace.
internal static class StartupHook
#pragma warning restore CA1050, MA0047
{
    /// <summary>Set to hold the worker until a debugger is attached.</summary>
    public const string WaitForDebugger = "LocalHost__WaitForDebugger";

    public static void Initialize()
    {
        new Thread(EndWithTheHost) { IsBackground = true, Name = "ends with LocalHost" }.Start();
        if (bool.TryParse(Environment.GetEnvironmentVariable(WaitForDebugger), out var wait) && wait)
        {
            Console.WriteLine($"The worker, process {Environment.ProcessId}, is waiting for a debugger.");
            SpinWait.SpinUntil(() => Debugger.IsAttached);
        }
    }

    private static void EndWithTheHost()
    {
        using var input = Console.OpenStandardInput();
        Span<byte> one = stackalloc byte[1];
        while (input.Read(one) > 0)
        {
        }

        // As abrupt as a machine failure: a worker that is still shutting down could send an order in parallel with its successor.
        Process.GetCurrentProcess().Kill();
    }
}
