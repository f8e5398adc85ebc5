using Spectre.Console.Cli;
using UonOfferum.Bench.Ack;
using UonOfferum.Bench.Chaos;
using UonOfferum.Bench.Costs;
using UonOfferum.Bench.Cpu;
using UonOfferum.Bench.Depth;
using UonOfferum.Bench.Faults;
using UonOfferum.Bench.Floor;
using UonOfferum.Bench.Flow;
using UonOfferum.Bench.Page;
using UonOfferum.Bench.Scale;
using UonOfferum.Bench.Simulate;
using UonOfferum.Bench.Soak;
using UonOfferum.Bench.Speed;
using UonOfferum.Bench.Start;

namespace UonOfferum.Bench;

/// <summary>The commands of this program, by the first word on the command line.</summary>
internal static class BenchApp
{
    /// <returns>The exit code: 0 when the measured guarantee holds.</returns>
    /// <exception cref="CommandRuntimeException">The arguments are wrong.</exception>
    public static Task<int> RunAsync(IEnumerable<string> args, CancellationToken cancellationToken)
    {
        var app = new CommandApp();
        app.Configure(config =>
        {
            config.SetApplicationName("dotnet run -c Release --project bench --");
            config.SetInterceptor(new LeftoverCheck());
            config.TrimTrailingPeriods(false);

            // Program.cs turns exceptions into messages and exit codes.
            config.PropagateExceptions();
            config.AddCommand<AllCommand>("all");
            config.AddCommand<CostsCommand>("costs");
            config.AddCommand<AckCommand>("ack");
            config.AddCommand<FlowCommand>("flow");
            config.AddCommand<StartCommand>("start");
            config.AddCommand<DepthCommand>("depth");
            config.AddCommand<CpuCommand>("cpu");
            config.AddCommand<SoakCommand>("soak");
            config.AddCommand<ChaosCommand>("chaos");
            config.AddCommand<FaultsCommand>("faults");
            config.AddCommand<SimulateCommand>("simulate");
            config.AddCommand<FloorCommand>("floor");
            config.AddCommand<IdleCommand>("idle");
            config.AddCommand<ScaleCommand>("scale");
            config.AddCommand<SpeedCommand>("speed");
            config.AddCommand<PageCommand>("page");
        });
        return app.RunAsync(args, cancellationToken);
    }
}
