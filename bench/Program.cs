using Spectre.Console.Cli;
using UonOfferum.Bench;

if (args is ["simulate", ..])
{
    // Every simulated instance has its own services, so code generated at run time for each of them would be used only a few times. Set as in
    // the project file of tests/Simulation; here it must not affect the other commands, so it is set before it is first read.
    AppContext.SetSwitch("System.Runtime.CompilerServices.RuntimeFeature.IsDynamicCodeSupported", false);
}

using var interrupted = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    interrupted.Cancel();
};

try
{
    return await BenchApp.RunAsync(args, interrupted.Token);
}
catch (CommandParseException exception)
{
    await Console.Error.WriteLineAsync($"{exception.Message} --help shows the commands, and with a command its options.");
    return 2;
}
catch (CommandRuntimeException exception)
{
    // For an unreadable value only the innermost cause is clear; the others name .NET types.
    await Console.Error.WriteLineAsync(exception.GetBaseException().Message);
    return 2;
}
catch (Exception exception) when (exception is BenchException or TestBedException or OperationCanceledException)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 2;
}
