using Spectre.Console.Cli;
using UonOfferum.Bench;

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
