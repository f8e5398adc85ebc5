using UonOfferum.OperationsFunction.Editor;
using UonOfferum.Shared.Revisions;

namespace UonOfferum.Tests.Unit.OperationsFunction.Editor;

public sealed class RestoredSecretsTests
{
    [Fact]
    public void A_restore_keeps_a_secret_that_the_old_revision_did_not_have() =>
        Assert.Equal("postback-2", Restored("Postback:Secret", old: null, live: "postback-2", last: "postback-2"));

    [Theory]
    [InlineData("key-1", "key-2", "key-3", "key-2")]
    [InlineData("key-1", null, "key-3", "key-3")]
    [InlineData("key-1", null, null, "key-1")]
    [InlineData(null, null, "key-3", null)]
    public void The_secret_in_force_wins_over_the_last_one_and_that_over_the_old_one(string? old, string? live, string? last, string? expected) =>
        Assert.Equal(expected, Restored("Uon:ApiKey", old, live, last));

    [Fact]
    public void Without_a_revision_in_force_the_old_one_is_complete() =>
        Assert.Equal("key-1", RestoredSecrets.Of(Revision(1, "Uon:ApiKey", "key-1"), null, Draft("Uon:ApiKey", null)).Versions["uon:apikey"].Version);

    private static string? Restored(string key, string? old, string? live, string? last) =>
        RestoredSecrets.Of(Revision(1, key, old), Revision(2, key, live), Draft(key, last)).Versions.GetValueOrDefault(key)?.Version;

    private static StoredRevision Revision(int number, string key, string? version) => new()
    {
        Name = "main",
        Number = number,
        Title = "Main",
        Settings = "{}",
        Secrets = version is null ? new Dictionary<string, string>(StringComparer.Ordinal) : new Dictionary<string, string>(StringComparer.Ordinal) { [key] = version },
        At = DateTimeOffset.UnixEpoch.AddDays(number),
    };

    private static StoredSecrets Draft(string key, string? version)
    {
        var versions = new Dictionary<string, SecretVersion>(StringComparer.OrdinalIgnoreCase);
        if (version is not null)
        {
            versions[key] = new SecretVersion(version, DateTimeOffset.UnixEpoch, null);
        }

        return new StoredSecrets(versions, HaveChanged: true);
    }
}
