using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using UonOfferum.OperationsFunction.Actions;
using UonOfferum.OperationsFunction.Failures;
using UonOfferum.OperationsFunction.Views;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Http;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;

namespace UonOfferum.OperationsFunction.Api;

/// <param name="Body">Text; Base64 where the bytes are not UTF-8. May hold personal data.</param>
public sealed record UnreadableBody(string Body)
{
    /// <summary>Without the body.</summary>
    public override string ToString() => nameof(UnreadableBody);
}

/// <summary>An operator's actions on an unreadable message: show it, and discard it.</summary>
public sealed partial class UnreadableEndpoint(UnreadableMessages unreadable, IEnumerable<IDestination> destinations, ILogger<UnreadableEndpoint> logger)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public async Task<IResult> RevealAsync(HttpRequest request, string queue, string key, CancellationToken cancellationToken)
    {
        var (message, body, refusal) = await FindAsync(request, queue, key, cancellationToken);
        if (message is null)
        {
            return refusal!;
        }

        Log.Revealed(logger, queue, key, body?.By);
        return TypedResults.Json(new UnreadableBody(TextOf(message.Body)), ApiJson.Types.UnreadableBody);
    }

    public async Task<IResult> ResolveAsync(HttpRequest request, string queue, string key, CancellationToken cancellationToken)
    {
        var (message, body, refusal) = await FindAsync(request, queue, key, cancellationToken);
        if (message is null)
        {
            return refusal!;
        }

        if (body?.As != "discarded")
        {
            return Problems.BadRequest("as must be \"discarded\": an unreadable message can only be discarded.");
        }

        await unreadable.DeleteAsync(message, cancellationToken);
        Log.Discarded(logger, queue, key, body.By);
        return TypedResults.Json(OrphanedItems.Of(message) with { State = nameof(OperationState.Discarded) }, ApiJson.Types.OperationView);
    }

    private async Task<(UnreadableMessage? Message, ActionBody? Body, IResult? Refusal)> FindAsync(
        HttpRequest request, string queue, string key, CancellationToken cancellationToken)
    {
        var (body, problem) = await ActionBody.ReadAsync(request, cancellationToken);
        if (body is null)
        {
            return (null, null, Problems.BadRequest(problem!));
        }

        // Both become parts of table keys, so accept only values that a list can contain.
        var isKey = key.Length <= 64 && key.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
        var isQueue = destinations.Select(d => d.Queue).Prepend(QueueNames.UonRecords).Contains(queue, StringComparer.Ordinal);
        return isKey && isQueue && await unreadable.FindAsync(queue, key, cancellationToken) is { } message
            ? (message, body, null)
            : (null, null, Problems.NotFound("There is no such unreadable message. It may already have been discarded."));
    }

    private static string TextOf(byte[] body)
    {
        try
        {
            return Strict.GetString(body);
        }
        catch (DecoderFallbackException)
        {
            return Convert.ToBase64String(body);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1531, LogLevel.Information, "unreadable/{Queue}/{Key}: shown to an operator ({By})")]
        public static partial void Revealed(ILogger logger, string queue, string key, string? by);

        [LoggerMessage(1532, LogLevel.Information, "unreadable/{Queue}/{Key}: discarded by an operator ({By})")]
        public static partial void Discarded(ILogger logger, string queue, string key, string? by);
    }
}
