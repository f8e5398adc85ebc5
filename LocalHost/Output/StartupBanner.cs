using System.Globalization;
using System.Text;
using UonOfferum.LocalHost.Functions;
using UonOfferum.LocalHost.Http;
using UonOfferum.LocalHost.Settings;

namespace UonOfferum.LocalHost.Output;

/// <summary>The addresses in use, the key, and where the data is.</summary>
internal static class StartupBanner
{
    public static string Format(FunctionCatalog catalog, HostSettings settings, Uri address, HostKeys keys, string storage, int worker, TimeSpan took)
    {
        var width = catalog.All.Select(f => f.Name.Length).DefaultIfEmpty().Max();
        var text = new StringBuilder();
        text.AppendLine();
        foreach (var function in catalog.All)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {function.Name.PadRight(width)}  {Trigger(function, settings)}");
        }

        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"  Listening  {address.GetLeftPart(UriPartial.Authority)}/{settings.RoutePrefix}");
        text.AppendLine(CultureInfo.InvariantCulture, $"  Storage    {storage}");
        text.AppendLine(CultureInfo.InvariantCulture, $"  Worker     process {worker}");
        text.AppendLine("  Key        " + Key(keys.Function, "FunctionKey"));
        text.AppendLine("  Admin key  " + Key(keys.Master, "MasterKey"));
        text.AppendLine(CultureInfo.InvariantCulture, $"  Started in {took.TotalSeconds:0.0} s. Ctrl-C stops it after the running functions finish.");
        return text.ToString();
    }

    private static string Key(HostKey key, string setting) =>
        key.IsMadeUp ? $"{key.Value} (generated; set LocalHost__{setting} to keep one)" : $"as in LocalHost:{setting}";

    private static string Trigger(FunctionDefinition function, HostSettings settings) => function switch
    {
        HttpFunction http => $"{(http.Methods.Count == 0 ? "any method" : string.Join(',', http.Methods))} {http.Pattern(settings.RoutePrefix)}",
        QueueFunction queue => $"queue {queue.Queue}",
        TimerFunction timer => $"timer {timer.Schedule}",
        _ => "",
    };
}
