using UonOfferum.Bench;
using UonOfferum.Bench.Ack;
using UonOfferum.Bench.Chaos;
using UonOfferum.Bench.Costs;
using UonOfferum.Bench.Cpu;
using UonOfferum.Bench.Depth;
using UonOfferum.Bench.Faults;
using UonOfferum.Bench.Floor;
using UonOfferum.Bench.Flow;
using UonOfferum.Bench.Scale;
using UonOfferum.Bench.Simulate;
using UonOfferum.Bench.Soak;
using UonOfferum.Bench.Start;

BenchCommand[] quick =
[
    CostsCommand.Definition,
    AckCommand.Definition,
    FlowCommand.Definition,
    StartCommand.Definition,
    DepthCommand.Definition,
    CpuCommand.Definition,
];
BenchCommand[] commands =
[
    AllCommand.Of(quick),
    .. quick,
    SoakCommand.Definition,
    ChaosCommand.Definition,
    FaultsCommand.Definition,
    SimulateCommand.Definition,
    FloorCommand.Definition,
    IdleCommand.Definition,
    ScaleCommand.Definition,
];

if (args is [] or ["--help" or "-h", ..] || commands.FirstOrDefault(c => c.Name == args[0]) is not { } command)
{
    Console.WriteLine("dotnet run -c Release --project bench -- <command> [options]\n");
    foreach (var known in commands)
    {
        Console.WriteLine($"{known.Name}\n{known.Usage}\n");
    }

    return args is [] or ["--help" or "-h", ..] ? 0 : 2;
}

using var interrupted = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    interrupted.Cancel();
};

try
{
    return await command.RunAsync(BenchArguments.Parse(args[1..]), interrupted.Token);
}
catch (Exception exception) when (exception is BenchException or TestBedException or OperationCanceledException)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 2;
}
