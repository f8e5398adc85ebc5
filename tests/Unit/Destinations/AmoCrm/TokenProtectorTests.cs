using System.Text;
using UonOfferum.Destinations.AmoCrm;

namespace UonOfferum.Tests.Unit.Destinations.AmoCrm;

public sealed class TokenProtectorTests
{
    private static readonly Uri Account = new("https://agency.amocrm.ru");
    private static readonly AmoOAuth OAuth = new("id", "secret", "https://agency.example/amo", "refresh-0");
    private static readonly TokenPair Pair = new("access-1", "refresh-1", Some.Now, Some.Now.AddDays(1));

    [Fact]
    public void What_is_protected_can_be_unprotected_and_shows_no_token()
    {
        using var protector = new TokenProtector(Account, OAuth);

        var box = protector.Protect(Pair);

        Assert.Equal(Pair, protector.Unprotect(box));
        Assert.DoesNotContain("access-1", Encoding.UTF8.GetString(box), StringComparison.Ordinal);
        Assert.NotEqual(box, protector.Protect(Pair));
    }

    [Fact]
    public void Another_secret_another_account_or_a_changed_byte_opens_nothing()
    {
        using var protector = new TokenProtector(Account, OAuth);
        using var otherSecret = new TokenProtector(Account, OAuth with { ClientSecret = "another" });
        using var otherAccount = new TokenProtector(new Uri("https://other.amocrm.ru"), OAuth);
        var box = protector.Protect(Pair);

        Assert.Null(otherSecret.Unprotect(box));
        Assert.Null(otherAccount.Unprotect(box));
        box[^1] ^= 1;
        Assert.Null(protector.Unprotect(box));
        Assert.Null(protector.Unprotect(null));
        Assert.Null(protector.Unprotect([1, 2, 3]));
    }

    [Fact]
    public void A_new_refresh_token_in_the_settings_is_kept_in_the_same_row()
    {
        using var protector = new TokenProtector(Account, OAuth);
        using var corrected = new TokenProtector(Account, OAuth with { RefreshToken = "refresh-of-an-operator" });

        Assert.NotEqual(protector.Seed, corrected.Seed);
        Assert.Equal(protector.Row, corrected.Row);
    }

    [Fact]
    public void Nothing_that_may_be_logged_holds_a_secret()
    {
        var words = $"{OAuth} {Pair}";

        Assert.DoesNotContain("secret", words, StringComparison.Ordinal);
        Assert.DoesNotContain("refresh-", words, StringComparison.Ordinal);
    }
}
