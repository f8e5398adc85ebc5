namespace UonOfferum.Shared.Configuration;

/// <summary>A problem with one setting of a pipeline, in parts that the page can show beside the setting.</summary>
/// <param name="Key">Below <c>Pipelines:{name}:</c>, such as <c>Offerum:Flow</c>; "" for the pipeline as a whole.</param>
/// <param name="Code">One of <see cref="ProblemCodes"/>.</param>
/// <param name="Message">What is wrong, without any secret value.</param>
/// <param name="Remedy">What to do.</param>
public sealed record SettingProblem(string Key, string Code, string Message, string Remedy)
{
    private const string AnyRemedy = "Correct this setting.";

    /// <param name="path">The whole key.</param>
    /// <param name="code">One of <see cref="ProblemCodes"/>.</param>
    /// <param name="problemAndRemedy">One sentence with the problem, then the sentences with the remedy.</param>
    public static SettingProblem Of(string path, string code, string problemAndRemedy)
    {
        // Below "Pipelines:{name}".
        var parts = path.Split(':', 3);
        var end = problemAndRemedy.IndexOf(". ", StringComparison.Ordinal);
        var (message, remedy) = end < 0 ? (problemAndRemedy, "") : (problemAndRemedy[..(end + 1)], problemAndRemedy[(end + 2)..]);
        return new SettingProblem(parts.Length > 2 ? parts[2] : "", code, message, remedy.Length > 0 ? remedy : AnyRemedy);
    }
}
