using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace UonOfferum.Tests.Browser;

public sealed class ServerErrorRetriesTests(Chromium chromium)
{
    [SlowFact]
    public async Task A_call_that_could_not_start_is_sent_again_as_it_was()
    {
        var asked = new ConcurrentQueue<string>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var server = builder.Build();
        server.Map("/call", async (HttpContext context) =>
        {
            using var body = new StreamReader(context.Request.Body);
            asked.Enqueue($"{context.Request.Method} {await body.ReadToEndAsync()}");
            context.Response.StatusCode = asked.Count % 3 == 0 ? StatusCodes.Status200OK : StatusCodes.Status500InternalServerError;
        });
        await server.StartAsync();
        var address = new Uri(server.Urls.Single() + "/");
        await using var window = await chromium.Browser.NewContextAsync();
        // In place of the browser's own: what a real time limit does depends on the speed of the machine.
        await window.AddInitScriptAsync("AbortSignal.timeout = (milliseconds) => milliseconds;");
        await ServerErrorRetries.AddAsync(window, address);
        var page = await window.NewPageAsync();

        var shown = await page.GotoAsync(new Uri(address, "call").AbsoluteUri);
        var status = await page.EvaluateAsync<int>("async () => (await fetch('call', { method: 'POST', body: 'a lead' })).status");

        Assert.Equal((200, 200), (shown?.Status, status));
        Assert.Equal(300_000, await page.EvaluateAsync<int>("() => AbortSignal.timeout(30_000)"));
        Assert.Equal(["GET ", "GET ", "GET ", "POST a lead", "POST a lead", "POST a lead"], asked);
    }
}
