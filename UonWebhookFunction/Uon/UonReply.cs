using System.Text.Json;

namespace UonOfferum.UonWebhookFunction.Uon;

/// <summary>What U-ON answered, or that it did not. Nothing else comes out of <see cref="UonClient"/>.</summary>
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

    /// <summary>A write was taken. That what was written is there now, only a read can tell.</summary>
    /// <param name="Id">Of what was written; null where the answer names none.</param>
    public sealed record Written(string? Id) : UonReply;

    /// <summary>U-ON has no such record, or no such page.</summary>
    public sealed record NotFound : UonReply;

    /// <summary>Too fast; does not count as an attempt.</summary>
    public sealed record Throttled(TimeSpan? RetryAfter) : UonReply;

    /// <summary>The API is not switched on in the cabinet.</summary>
    public sealed record Inactive : UonReply;

    /// <param name="Reason">One or more sentences, without the key.</param>
    public abstract record Failure(string Reason) : UonReply;

    /// <summary>It may well work later.</summary>
    public sealed record Unavailable(string Reason, TimeSpan? RetryAfter) : Failure(Reason);

    /// <summary>The key, or the address of this machine, is not allowed in.</summary>
    public sealed record Denied(string Reason) : Failure(Reason);

    /// <summary>An answer of unknown shape, or one that says that the question is wrong: asking again does not help.</summary>
    public sealed record Unreadable(string Reason) : Failure(Reason);
}
