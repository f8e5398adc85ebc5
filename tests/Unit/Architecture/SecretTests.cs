using System.Text.RegularExpressions;

namespace UonOfferum.Tests.Unit.Architecture;

public sealed partial class SecretTests
{
    /// <summary>Azurite's account key: printed in its manual, good for nothing but a storage emulator.</summary>
    private const string EmulatorKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    [Fact]
    public void Nothing_that_looks_like_a_key_is_in_a_file_that_is_committed()
    {
        var found =
            from file in Repository.Files
            where !file.StartsWith("tests/", StringComparison.Ordinal) && !file.StartsWith("bench/", StringComparison.Ordinal) && Reads(file)
            from match in Keys().Matches(Pins().Replace(Repository.Read(file).Replace(EmulatorKey, "", StringComparison.Ordinal), ""))
            select $"{file}: {match.Value[..12]}…";

        Assert.Empty(found);
    }

    [Theory]
    [InlineData("local.settings.json")]
    [InlineData("pipelines.json")]
    public void Files_that_hold_settings_are_not_committed(string name) =>
        Assert.DoesNotContain(Repository.Files, file => Path.GetFileName(file) == name && !file.StartsWith("docs/examples/", StringComparison.Ordinal));

    // Lock files are full of hashes, the solution of project ids.
    private static bool Reads(string file) =>
        Path.GetExtension(file) is not (".sln" or ".png" or ".svg" or ".woff2" or ".ico") && !file.EndsWith("lock.json", StringComparison.Ordinal);

    /// <summary>Workflows name the commit of each action they use.</summary>
    [GeneratedRegex(@"(?<=uses: [\w./-]+)@[0-9a-f]{40}\b")]
    private static partial Regex Pins();

    [GeneratedRegex(@"\b[0-9a-f]{32,}\b|\b(?=[A-Za-z0-9+/]*[0-9])(?=[A-Za-z0-9+/]*[a-z])(?=[A-Za-z0-9+/]*[A-Z])[A-Za-z0-9+]{43,}={0,2}|\b\d{8,10}:AA[\w-]{30,}|-----BEGIN [A-Z ]*PRIVATE KEY")]
    private static partial Regex Keys();
}
