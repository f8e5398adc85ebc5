using Microsoft.Playwright;
using UonOfferum.Simulators;

namespace UonOfferum.Tests.Browser;

/// <summary>The editor as an operator uses it: only through what is on the page.</summary>
internal sealed class EditorPage(Visit visit)
{
    private IPage Page => visit.Page;

    /// <summary>From the first start to an empty draft.</summary>
    public async Task CreateAsync(string title)
    {
        await visit.Action("create").First.ClickAsync();
        await Page.Locator("dialog input[name=title]").FillAsync(title);
        await visit.Action("create-now").ClickAsync();
        await visit.ShownAsync("[data-part=source]");
    }

    /// <summary>Goes to a part by its link.</summary>
    public async Task OpenAsync(string part)
    {
        await Page.Locator($"[data-part-link={part}]").ClickAsync();
        await visit.ShownAsync($".part-body[data-part={part}]");
    }

    /// <summary>Types into a setting, which may stand behind «more», and waits until it is saved.</summary>
    public async Task SetAsync(string key, string value)
    {
        await MoreAsync();
        await Page.Locator($"[data-setting='{key}'] :is(input, textarea)").FillAsync(value);
        await SavedAsync();
    }

    public async Task SetSecretAsync(string key, string value)
    {
        var secret = Page.Locator($"[data-secret='{key}']");
        await secret.Locator("input").FillAsync(value);
        await secret.Locator("[data-action=save-secret]").ClickAsync();
        await visit.ShownAsync($"[data-secret='{key}'][data-set=true]");
    }

    /// <summary>A further field of the order.</summary>
    public async Task AddFormFieldAsync(string name, string template)
    {
        await Page.Locator("[data-map='Offerum:Form'] .add input").FillAsync(name);
        await Page.Keyboard.PressAsync("Tab");
        await Page.Locator($"[data-entry={name}] input").FillAsync(template);
        await SavedAsync();
    }

    public Task SavedAsync() => visit.ShownAsync("[data-save=saved]");

    /// <summary>Connects both sides with the keys of the simulators, as an operator types them.</summary>
    public async Task ConnectAsync()
    {
        await SetAsync("Uon:BaseAddress", visit.App.Uon.BaseAddress.ToString());
        await SetSecretAsync("Uon:ApiKey", UonSimulator.DefaultApiKey);
        await CheckedAsync();
        await OpenAsync("destinations");
        await SetAsync("Offerum:BaseAddress", visit.App.Offerum.BaseAddress.ToString());
        await SetSecretAsync("Offerum:ApiKey", OfferumSimulator.DefaultKey);
        await Page.Locator("select[name=flow]").SelectOptionAsync(OfferumSimulator.DefaultFlow);
        await SavedAsync();
    }

    /// <summary>Publishes for the first time, which starts the pipeline.</summary>
    public async Task PublishAndStartAsync(string note)
    {
        await OpenAsync("run");
        await Page.Locator("input[name=note]").FillAsync(note);
        await visit.Action("publish-start").ClickAsync();
        await visit.ShownAsync("[data-action=stop-pipeline]");
    }

    /// <summary>A new key is checked at once. A simulator that answers too late fails the check, and the operator presses the button again.</summary>
    private async Task CheckedAsync()
    {
        using var timeout = new CancellationTokenSource(TestTimeouts.Operation);
        var ended = Page.Locator("[data-action=check-uon]:enabled");
        await ended.WaitForAsync();
        while (await Page.Locator("[data-check=uon][data-tone=good]").CountAsync() == 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System, timeout.Token);
            await ended.ClickAsync();
            await ended.WaitForAsync();
        }
    }

    private async Task MoreAsync()
    {
        var closed = Page.Locator("details.more-card:not([open]) > summary, details.rare:not([open]) > summary");
        while (await closed.CountAsync() > 0)
        {
            await closed.First.ClickAsync();
        }
    }
}
