using System.Text;
using UonOfferum.AmoSenderFunction;

namespace UonOfferum.Tests.Unit.AmoSenderFunction;

public sealed class AmoVaultTests
{
    private static readonly Uri Account = new("https://agency.amocrm.ru");
    private static readonly AmoOAuth OAuth = new("id", "secret", "https://agency.example/amo", "refresh-0");
    private static readonly AmoPair Pair = new("access-1", "refresh-1", Some.Now, Some.Now.AddDays(1));

    [Fact]
    public void What_is_closed_opens_again_and_shows_no_token()
    {
        using var vault = new AmoVault(Account, OAuth);

        var box = vault.Close(Pair);

        Assert.Equal(Pair, vault.Open(box));
        Assert.DoesNotContain("access-1", Encoding.UTF8.GetString(box), StringComparison.Ordinal);
        Assert.NotEqual(box, vault.Close(Pair));
    }

    [Fact]
    public void Another_secret_another_account_or_a_changed_byte_opens_nothing()
    {
        using var vault = new AmoVault(Account, OAuth);
        using var otherSecret = new AmoVault(Account, OAuth with { ClientSecret = "another" });
        using var otherAccount = new AmoVault(new Uri("https://other.amocrm.ru"), OAuth);
        var box = vault.Close(Pair);

        Assert.Null(otherSecret.Open(box));
        Assert.Null(otherAccount.Open(box));
        box[^1] ^= 1;
        Assert.Null(vault.Open(box));
        Assert.Null(vault.Open(null));
        Assert.Null(vault.Open([1, 2, 3]));
    }

    [Fact]
    public void A_new_refresh_token_in_the_settings_is_noticed_and_stays_in_the_same_row()
    {
        using var vault = new AmoVault(Account, OAuth);
        using var mended = new AmoVault(Account, OAuth with { RefreshToken = "refresh-of-a-person" });

        Assert.NotEqual(vault.Seed, mended.Seed);
        Assert.Equal(vault.Row, mended.Row);
    }

    [Fact]
    public void Nothing_that_may_be_logged_holds_a_secret()
    {
        var words = $"{OAuth} {Pair}";

        Assert.DoesNotContain("secret", words, StringComparison.Ordinal);
        Assert.DoesNotContain("refresh-", words, StringComparison.Ordinal);
    }
}
