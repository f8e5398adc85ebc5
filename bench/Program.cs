using Spectre.Console.Cli;
using UonOfferum.Bench;

if (args is ["simulate", ..])
{
    // Every simulated instance has services of its own: code that is made at run time for each of them would be used a few times. As tests/Simulation has it in
    // its project file; here it must not hold for what the other commands measure, so it is set before anything asks for it.
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
    // About a value that cannot be read only the first cause speaks plainly; the others name .NET's types.
    await Console.Error.WriteLineAsync(exception.GetBaseException().Message);
    return 2;
}
catch (Exception exception) when (exception is BenchException or TestBedException or OperationCanceledException)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 2;
}
