using System.Buffers.Text;

namespace UonOfferum.Shared.Messaging;

/// <summary>
/// The bytes of a message, which every sender encodes as Base64. The listener does not decode them (<c>host.json</c>, <c>messageEncoding: none</c>):
/// it would retry a body that is not Base64 until it is poisoned, and never pass it to this app (docs/decisions/0012-bodies-are-decoded-here.md).
/// </summary>
public static class MessageBody
{
    /// <summary>The decoded bytes; the body unchanged if it is not Base64, which JSON never is.</summary>
    public static BinaryData Decode(BinaryData body)
    {
        var text = body.ToMemory().Span;
        if (!Base64.IsValid(text, out var length))
        {
            return body;
        }

        var bytes = new byte[length];
        Base64.DecodeFromUtf8(text, bytes, out _, out var written);
        return new BinaryData(bytes.AsMemory(0, written));
    }
}
