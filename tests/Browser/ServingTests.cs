using System.IO.Compression;
using System.Net;
using System.Text.RegularExpressions;

namespace UonOfferum.Tests.Browser;

/// <summary>How the page is served: without a key, by a strict policy, out of caches where that is right.</summary>
public sealed partial class ServingTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task The_page_is_open_to_all_allows_nothing_foreign_and_is_revalidated()
    {
        await using var app = await PipelineApp.StartAsync(azurite);
        using var stranger = Stranger.Of(app, followsRedirects: false);

        using var page = await stranger.GetAsync("console");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal("text/html; charset=utf-8", page.Content.Headers.ContentType?.ToString());
        var policy = string.Join(' ', page.Headers.GetValues("Content-Security-Policy"));
        Assert.All(
            ["default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"],
            rule => Assert.Contains(rule, policy, StringComparison.Ordinal));
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(page.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(page.Headers.GetValues("Referrer-Policy")));
        Assert.True(page.Headers.CacheControl?.NoCache);

        using var again = new HttpRequestMessage(HttpMethod.Get, "console") { Headers = { { "If-None-Match", page.Headers.ETag!.ToString() } } };
        using var unchanged = await stranger.SendAsync(again);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);

        using var slash = await stranger.GetAsync("console/");
        Assert.Equal("/api/console", slash.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task The_pages_files_may_be_kept_for_ever_and_nothing_else_is_served()
    {
        await using var app = await PipelineApp.StartAsync(azurite);
        using var stranger = Stranger.Of(app);
        var html = await stranger.GetStringAsync("console");

        var files = Files().Matches(html).Select(match => match.Groups["file"].Value).ToArray();
        Assert.Equal([".css", ".js", ".svg"], files.Select(Path.GetExtension).Order());
        foreach (var file in files)
        {
            using var answer = await stranger.GetAsync($"console/{file}");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(TimeSpan.FromDays(365), answer.Headers.CacheControl?.MaxAge);
            Assert.Contains("default-src 'none'", string.Join(' ', answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        }

        Assert.DoesNotMatch("<script(?! type=\"module\" src=)|<style|style=|https?://", html);
        foreach (var wrong in new[] { "index.html", "app.js", "..%2fhost.json", "x" })
        {
            using var answer = await stranger.GetAsync($"console/{wrong}");
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    /// <summary>What a first visit costs on a phone is a goal of docs/performance.md.</summary>
    [Fact]
    public async Task A_file_comes_in_the_smallest_form_that_the_browser_reads()
    {
        await using var app = await PipelineApp.StartAsync(azurite);
        using var plain = Stranger.Of(app);
        var weight = 0L;
        foreach (Match file in Files().Matches(await plain.GetStringAsync("console")))
        {
            var address = $"console/{file.Groups["file"].Value}";
            var whole = await plain.GetByteArrayAsync(address);
            foreach (var (accepted, expected) in new[] { ("br, gzip", "br"), ("gzip, deflate", "gzip"), ("br;q=0, gzip;q=0.5", "gzip"), ("identity", null), (null, null) })
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, address);
                if (accepted is not null)
                {
                    request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
                }

                using var answer = await plain.SendAsync(request);
                var sent = await answer.Content.ReadAsByteArrayAsync();

                Assert.Equal(expected, answer.Content.Headers.ContentEncoding.SingleOrDefault());
                Assert.Equal("Accept-Encoding", Assert.Single(answer.Headers.Vary));
                Assert.Equal(whole, await UnpackAsync(sent, expected));
                weight += expected == "br" ? sent.Length : 0;
            }
        }

        Assert.InRange(weight, 1, 120 * 1024);
    }

    private static async Task<byte[]> UnpackAsync(byte[] sent, string? encoding)
    {
        var body = new MemoryStream(sent);
        await using Stream read = encoding switch { "br" => new BrotliStream(body, CompressionMode.Decompress), "gzip" => new GZipStream(body, CompressionMode.Decompress), _ => body };
        using var unpacked = new MemoryStream();
        await read.CopyToAsync(unpacked);
        return unpacked.ToArray();
    }

    [GeneratedRegex("\"console/(?<file>[^\"]+)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Files();
}
