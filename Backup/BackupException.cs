namespace UonOfferum.Backup;

/// <summary>It cannot be done; the message says why and what to do.</summary>
public sealed class BackupException(string message, Exception? inner = null) : Exception(message, inner);
