using System.Text;
using Azure.Storage.Queues.Models;

namespace UonOfferum.LocalHost.Queues;

/// <summary>Decodes bodies as <c>messageEncoding</c> says.</summary>
internal static class MessageBody
{
    /// <summary>The message as the function sees it; null when the body is not Base64 and so must not reach it.</summary>
    public static QueueMessage? Decode(QueueMessage raw, bool base64)
    {
        if (!base64)
        {
            return raw;
        }

        var text = raw.Body.ToMemory().Span;
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64Chars(Encoding.UTF8.GetString(text), bytes, out var length)
            ? QueuesModelFactory.QueueMessage(raw.MessageId, raw.PopReceipt, BinaryData.FromBytes(bytes.AsMemory(0, length)), raw.DequeueCount,
                raw.NextVisibleOn, raw.InsertedOn, raw.ExpiresOn)
            : null;
    }
}
