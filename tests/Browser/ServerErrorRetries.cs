using Microsoft.Playwright;

namespace UonOfferum.Tests.Browser;

/// <summary>
/// The page asks once for most of what it shows, and leaves it to the operator to ask again. On a busy machine the worker cannot always start
/// a call within its own time limits: its host then answers 500, and the app answers 503 when its storage is slow. Here that request is sent
/// again, as a proxy or the operator would, and the page waits longer. An error that stays is the page's to tell.
/// </summary>
internal static class ServerErrorRetries
{
    private const int MostTries = 10;

    private const string LongerTimeouts = """
        (() => {
          const { timeout } = AbortSignal;
          AbortSignal.timeout = (milliseconds) => timeout.call(AbortSignal, milliseconds * 10);
        })();
        """;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public static async Task AddAsync(IBrowserContext context, Uri app)
    {
        await context.AddInitScriptAsync(LongerTimeouts);
        await context.RouteAsync(app.AbsoluteUri + "**", AnswerAsync);
    }

    private static async Task AnswerAsync(IRoute route)
    {
        try
        {
            for (var tries = 1; ; tries++)
            {
                await using var answer = await route.FetchAsync(new() { Timeout = (float)TestTimeouts.Operation.TotalMilliseconds });
                if (answer.Status < 500 || tries == MostTries)
                {
                    await route.FulfillAsync(new() { Response = answer });
                    return;
                }

                await Task.Delay(Pause, TimeProvider.System);
            }
        }
        catch (PlaywrightException)
        {
            // Nobody listens: the page learns of it as it would without this route.
            await route.AbortAsync();
        }
    }
}
