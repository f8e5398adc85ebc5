using System.Text.Json;

namespace UonOfferum.UonWebhookFunction.Uon;

/// <summary>U-ON's reply, or its absence. <see cref="UonClient"/> returns nothing else.</summary>
public abstract record UonReply
{
    private UonReply()
    {
    }

    /// <param name="Document">The whole answer, as field paths expect it.</param>
    /// <param name="Record">The lead, request or client in it: an object.</param>
    public sealed record Found(JsonElement Document, JsonElement Record) : UonReply
    {
        /// <summary>Without the content: it is personal data.</summary>
        public override string ToString() => nameof(Found);
    }

    /// <summary>One page of a list; never empty.</summary>
    public sealed record Page(IReadOnlyList<JsonElement> Records) : UonReply
    {
        /// <summary>Without the content: it is personal data.</summary>
        public override string ToString() => nameof(Page);
    }

    /// <summary>A write was accepted. Only a read can confirm that it took effect.</summary>
    /// <param name="Id">The id of the written item; null if the reply contains none.</param>
    public sealed record Written(string? Id) : UonReply;

    /// <summary>U-ON has no such record, or no such page.</summary>
    public sealed record NotFound : UonReply;

    /// <summary>Too fast; does not count as an attempt.</summary>
    public sealed record Throttled(TimeSpan? RetryAfter) : UonReply;

    /// <summary>The API is not enabled in the cabinet.</summary>
    public sealed record Inactive : UonReply;

    /// <param name="Reason">One or more sentences, without the key.</param>
    public abstract record Failure(string Reason) : UonReply;

    /// <summary>A later retry may succeed.</summary>
    public sealed record Unavailable(string Reason, TimeSpan? RetryAfter) : Failure(Reason);

    /// <summary>The key or this machine's address is rejected.</summary>
    public sealed record Denied(string Reason) : Failure(Reason);

    /// <summary>A reply of unknown format, or one that rejects the request: a retry does not help.</summary>
    public sealed record Unreadable(string Reason) : Failure(Reason);
}
