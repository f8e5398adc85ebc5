using System.Globalization;
using System.Runtime.InteropServices;

namespace UonOfferum.Bench.Measuring;

/// <summary>The machine of a measurement, without which times are meaningless.</summary>
public sealed record Machine(string Cpu, int Cores, string Memory, string System, string Runtime, string Load)
{
    public static Machine Current() => new(
        Line("/proc/cpuinfo", "model name"),
        Environment.ProcessorCount,
        string.Create(CultureInfo.InvariantCulture, $"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1024d / 1024 / 1024:0} GiB"),
        RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription,
        File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown");

    public override string ToString() => $"{Cpu}, {Cores} cores, {Memory}, {System}, {Runtime}; load before the run {Load}";

    private static string Line(string file, string name) => File.Exists(file)
        ? File.ReadLines(file).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?.Split(':', 2)[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString()
        : RuntimeInformation.ProcessArchitecture.ToString();
}
