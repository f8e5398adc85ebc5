using System.Text.Json;

namespace UonOfferum.Testing;

/// <summary>The app's list of jobs.</summary>
public static class JobList
{
    /// <summary>Whether a run of the job is asked for or under way, by what <c>GET jobs</c> answered.</summary>
    public static bool IsBusy(JsonElement jobs, string job)
    {
        var found = jobs.GetProperty("items").EnumerateArray().Single(item => item.GetProperty("name").GetString() == job);
        return found.GetProperty("asked").GetBoolean() || found.GetProperty("running").GetBoolean();
    }
}
