namespace UonOfferum.Bench;

/// <summary>The command <c>all</c>: every measurement that takes minutes, one after another.</summary>
internal static class AllCommand
{
    public static BenchCommand Of(params BenchCommand[] commands) => new(
        "all",
        $"  {string.Join(", ", commands.Select(c => c.Name))}, each with its defaults (about a quarter of an hour).",
        async (arguments, cancellationToken) =>
        {
            arguments.RefuseUnknown();
            var worst = 0;
            foreach (var command in commands)
            {
                worst = Math.Max(worst, await command.RunAsync(BenchArguments.Parse([]), cancellationToken));
            }

            return worst;
        });
}
