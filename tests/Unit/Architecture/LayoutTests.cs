using System.Text.RegularExpressions;

namespace UonOfferum.Tests.Unit.Architecture;

/// <summary>What CONTRIBUTING.md asks of every file, checked in every file.</summary>
public sealed partial class LayoutTests
{
    private const int LongestFile = 250;
    private const int LongestTestName = 69;

    [Fact]
    public void The_app_knows_neither_LocalHost_nor_the_simulators()
    {
        var referenced = typeof(UonOfferumApp).Assembly.GetReferencedAssemblies().Select(name => name.Name!);

        Assert.DoesNotContain(referenced, name => name.StartsWith("UonOfferum", StringComparison.Ordinal));
    }

    [Fact]
    public void A_namespace_is_its_folder()
    {
        var wrong =
            from file in Repository.Sources
            where !file.EndsWith("Program.cs", StringComparison.Ordinal) && !file.EndsWith("StartupHook.cs", StringComparison.Ordinal)
            let folder = Repository.Folder(file)
            let expected = FolderNamespace(folder)
            let actual = Namespace().Match(Repository.Read(file)).Groups["name"].Value
            where !string.Equals(actual, expected, StringComparison.OrdinalIgnoreCase)
            select $"{file} is in {actual}, not {expected}";

        Assert.Empty(wrong);
    }

    [Fact]
    public void No_source_file_is_too_long_to_read_in_one_go()
    {
        var wrong =
            from file in Repository.Sources
            let lines = Repository.Read(file).Count(character => character == '\n')
            where lines > LongestFile
            select $"{file} has {lines} lines; the limit is {LongestFile}";

        Assert.Empty(wrong);
    }

    [Fact]
    public void No_test_has_a_name_too_long_to_read_at_a_glance()
    {
        var names =
            from file in Repository.Files
            where file.StartsWith("tests/", StringComparison.Ordinal) && file.EndsWith(".cs", StringComparison.Ordinal)
            from Match test in TestMethod().Matches(Repository.Read(file))
            select test.Groups["name"].Value;

        Assert.Contains(nameof(No_test_has_a_name_too_long_to_read_at_a_glance), names);
        Assert.DoesNotContain(names, name => name.Length > LongestTestName);
    }

    [Fact]
    public void Nobody_looks_at_the_wall_clock_past_the_analyzer()
    {
        var wrong = Repository.Sources.Where(file => BannedClock().IsMatch(Repository.Read(file)));

        Assert.Empty(wrong);
    }

    private static string FolderNamespace(string folder) => folder.Length == 0 ? "UonOfferum" : "UonOfferum." + folder.Replace('/', '.');

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"^    public (async )?(void|Task) (?<name>\w+)\(", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex TestMethod();

    // The analyzer bans the members; this keeps its warning from being switched off where nobody looks.
    [GeneratedRegex(@"(disable|SuppressMessage\(.*)\s*RS0030|DateTime(Offset)?\.(Utc)?Now\b")]
    private static partial Regex BannedClock();
}
