using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Hooks;
using UonOfferum.Tests.Unit.Shared.Configuration;
using UonOfferum.UonWebhookFunction.Hooks;

namespace UonOfferum.Tests.Unit.UonWebhookFunction.Hooks;

public sealed class HookRulesTests
{
    private const string Secret = "secret-of-the-webhook";

    private static readonly Uri Here = new("https://leads.example.com/");

    private static readonly Pipeline Main = TestPipelines.One(("Webhook:Secret", Secret));

    [Theory]
    [InlineData("https://leads.example.com/api/uon/main/" + Secret, "POST", HookState.Present)]
    [InlineData("https://LEADS.example.com/api/uon/main/" + Secret + "/", "post", HookState.Present)]
    [InlineData("https://leads.example.com/api/uon/main/" + Secret, "GET", HookState.Method)]
    [InlineData("https://leads.example.com/api/uon/main/another-secret-of-ours", "POST", HookState.Elsewhere)]
    [InlineData("https://staging.example.com/api/uon/main/" + Secret, "POST", HookState.Elsewhere)]
    [InlineData("https://leads.example.com/api/uon/other/" + Secret, "POST", HookState.Elsewhere)]
    [InlineData("https://webjack.example/hook/5", "POST", HookState.Missing)]
    [InlineData("no address at all", "POST", HookState.Missing)]
    public void A_webhook_is_judged_by_what_it_calls_and_how(string url, string method, HookState expected)
    {
        var (item, _) = HookRules.Classify(1, [new CabinetHook(5, 1, url, method)], Main, Here);

        Assert.Equal(expected, item.State);
        Assert.DoesNotContain(Secret, item.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("another-secret-of-ours", item.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("hook/5", item.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Webhooks_of_other_events_do_not_count()
    {
        var (item, hook) = HookRules.Classify(1, [new CabinetHook(5, 2, "https://leads.example.com/api/uon/main/" + Secret, "POST")], Main, Here);

        Assert.Equal((HookState.Missing, null), (item.State, hook));
    }

    [Fact]
    public void The_right_one_among_several_counts()
    {
        var (item, hook) = HookRules.Classify(
            1,
            [
                new CabinetHook(5, 1, "https://leads.example.com/api/uon/main/" + Secret, "GET"),
                new CabinetHook(6, 1, "https://leads.example.com/api/uon/main/" + Secret, "POST"),
            ],
            Main,
            Here);

        Assert.Equal((HookState.Present, 6L), (item.State, hook!.Id));
    }

    [Fact]
    public void Where_nobody_knows_the_address_the_path_decides() =>
        Assert.Equal(HookState.Present, HookRules.Classify(1, [new CabinetHook(5, 1, "https://any.example/api/uon/main/" + Secret, "POST")], Main, null).Item.State);

    [Fact]
    public void Another_deployment_is_never_the_one_to_correct() =>
        Assert.Null(HookRules.Classify(1, [new CabinetHook(5, 1, "https://staging.example.com/api/uon/main/" + Secret, "POST")], Main, Here).Hook);
}
