using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace UonOfferum.Simulators;

/// <summary>One whole HTTP answer, or what happens instead of one.</summary>
internal sealed record Answer(int Status, ReadOnlyMemory<byte> Body, string ContentType = Answer.Json)
{
    public const string Json = "application/json; charset=utf-8";
    public const string Html = "text/html; charset=utf-8";

    public Answer(int status, string body, string contentType = Json) : this(status, Encoding.UTF8.GetBytes(body), contentType)
    {
    }

    /// <summary>No response is ever sent; the connection stays open until the caller gives up.</summary>
    public static Answer Hang { get; } = new(0, "") { Ending = Ending.Hang };

    /// <summary>The connection is reset before the first byte of the response.</summary>
    public static Answer Reset { get; } = new(0, "") { Ending = Ending.Reset };

    public Ending Ending { get; init; } = Ending.Whole;

    public string? RetryAfter { get; init; }

    public string? Location { get; init; }

    /// <summary>The status that the caller sees; null when the connection ends before a status line.</summary>
    public int? SeenStatus => Ending is Ending.Whole or Ending.CutInBody ? Status : null;

    public static Answer HtmlPage(int status, string title) =>
        new(status, $"<!DOCTYPE html>\n<html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>\n", Html);

    public static string Seconds(TimeSpan time) => ((long)Math.Ceiling(time.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

    public async Task WriteAsync(HttpContext context, CancellationToken cancellationToken)
    {
        switch (Ending)
        {
            case Ending.Hang:
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
                break;
            case Ending.Reset:
                // Linger 0 makes the close a RST; without it the caller may see an orderly end of the connection.
                if (context.Features.Get<IConnectionSocketFeature>() is { } connection)
                {
                    connection.Socket.LingerState = new LingerOption(enable: true, seconds: 0);
                }

                context.Abort();
                break;
            case Ending.CutInBody:
                // Kestrel sends the written bytes and then closes the connection, because the announced length is not reached. An abort
                // here would overtake the headers.
                WriteHead(context.Response);
                await context.Response.Body.WriteAsync(Body[..(Body.Length / 2)], cancellationToken);
                break;
            default:
                WriteHead(context.Response);
                if (!Body.IsEmpty)
                {
                    await context.Response.Body.WriteAsync(Body, cancellationToken);
                }

                break;
        }
    }

    private void WriteHead(HttpResponse response)
    {
        response.StatusCode = Status;
        if (Status == 204)
        {
            // This response has no content; Kestrel closes the connection after one that announces content.
            return;
        }

        response.ContentType = ContentType;
        response.ContentLength = Body.Length;
        if (RetryAfter is not null)
        {
            response.Headers.RetryAfter = RetryAfter;
        }

        if (Location is not null)
        {
            response.Headers.Location = Location;
        }
    }
}

/// <summary>How an exchange ends.</summary>
internal enum Ending
{
    Whole,
    CutInBody,
    Hang,
    Reset,
}
