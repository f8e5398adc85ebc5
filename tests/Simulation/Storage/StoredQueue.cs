namespace UonOfferum.Tests.Simulation.Storage;

/// <summary>One message of a queue.</summary>
public sealed class StoredMessage(int number, string text, DateTimeOffset insertedAt)
{
    public int Number { get; } = number;

    public string Id { get; } = FormattableString.Invariant($"00000000-0000-0000-0000-{number:D12}");

    /// <summary>The text as sent: Base64.</summary>
    public string Text { get; set; } = text;

    public DateTimeOffset InsertedAt { get; } = insertedAt;

    public DateTimeOffset VisibleAt { get; set; }

    public int DequeueCount { get; set; }

    /// <summary>The pop receipt: needed to change the message; each receive creates a new one.</summary>
    public int PopReceipt { get; set; }

    /// <summary>A receiver has it and renews the lock in time.</summary>
    public bool IsRenewed { get; set; }
}

/// <summary>The messages of one queue.</summary>
public sealed class StoredQueue(string name)
{
    private readonly List<StoredMessage> _messages = [];
    private int _receipts;

    public string Name { get; } = name;

    public IReadOnlyList<StoredMessage> Messages => _messages;

    public StoredMessage Add(StoredMessage message)
    {
        message.PopReceipt = ++_receipts;
        _messages.Add(message);
        return message;
    }

    public IEnumerable<StoredMessage> Visible(DateTimeOffset now) => _messages.Where(m => m.VisibleAt <= now && !m.IsRenewed);

    /// <summary>When the next message becomes visible; null when none will.</summary>
    public DateTimeOffset? NextVisible => _messages.Where(m => !m.IsRenewed).Min(m => (DateTimeOffset?)m.VisibleAt);

    public void Receive(StoredMessage message, DateTimeOffset until)
    {
        message.DequeueCount++;
        message.PopReceipt = ++_receipts;
        message.VisibleAt = until;
    }

    /// <summary>False if it was received again or deleted since.</summary>
    public bool Delete(StoredMessage message, int popReceipt) => message.PopReceipt == popReceipt && _messages.Remove(message);

    /// <inheritdoc cref="Delete"/>
    public bool Hide(StoredMessage message, int popReceipt, DateTimeOffset until)
    {
        if (message.PopReceipt != popReceipt || !_messages.Contains(message))
        {
            return false;
        }

        message.VisibleAt = until;
        return true;
    }

    public StoredMessage? Find(string id) => _messages.Find(m => m.Id == id);

    public void Clear() => _messages.Clear();
}
