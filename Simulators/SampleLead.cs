namespace UonOfferum.Simulators;

/// <summary>The one lead that the demo sends: an invented client of an invented agency.</summary>
public static class SampleLead
{
    public const long Id = 48_213;

    /// <param name="createdAt">When the client asked; it must be recent, because an old lead is not sold.</param>
    public static UonRecord Create(DateTimeOffset createdAt) => UonRecord.Lead(Id, createdAt)
        .With("client_surname", "Лугова")
        .With("client_name", "Анна")
        .With("client_sname", "Сергеевна")
        .With("client_email", "anna.lugova@example.org")
        .WithPhone("8 (999) 104-82-13", "+79991048213")
        .With("source", "Форма на сайте agency.example")
        .With("travel_type", "Семейный отдых")
        .With("notes", "Турция, Кемер, с 12 ночами, двое взрослых и ребёнок 7 лет. Просит перезвонить вечером.");
}
