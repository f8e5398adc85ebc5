using System.Diagnostics;
using System.Runtime.InteropServices;

namespace UonOfferum.LocalHost.Storage;

/// <summary>A process that is not our child, known only by its id.</summary>
internal static partial class OtherProcess
{
    private const int SigTerm = 15;

    /// <summary>
    /// Whether the process is the one with this text on its command line. Process ids are reused, so an id alone proves nothing; and where no process
    /// reaps orphans (some containers), an ended process keeps its id.
    /// </summary>
    public static bool Runs(int pid, string mark)
    {
        try
        {
            if (OperatingSystem.IsLinux())
            {
                // Empty for a process that has ended but was not reaped.
                return File.ReadAllText($"/proc/{pid}/cmdline").Contains(mark, StringComparison.Ordinal);
            }

            using var process = Process.GetProcessById(pid);
            return !process.HasExited && process.ProcessName.Contains("node", StringComparison.OrdinalIgnoreCase);
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or InvalidOperationException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Asks the process to shut down cleanly; false where there are no signals.</summary>
    public static bool Terminate(int pid)
    {
        if (OperatingSystem.IsWindows())
        {
            return false;
        }

        _ = Kill(pid, SigTerm);
        return true;
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int pid, int signal);
}
