namespace LeftBehind.Divisions;

/// <summary>Why a change of the tree is forbidden.</summary>
public enum DivisionFault
{
    /// <summary>It counts from a day that has not come: it is confirmed on that day or later (platform default).</summary>
    InTheFuture,

    /// <summary>It names no document, or one of more than 100 characters.</summary>
    NoDocument,

    /// <summary>It names a division that is not known.</summary>
    Unknown,

    /// <summary>It names a division that has ended.</summary>
    Ended,

    /// <summary>A division that it changes was changed on a later day, or one that it names was not there on that day: changes of a division are confirmed in the order of their days.</summary>
    ChangedLater,

    /// <summary>A code, a parent or a part is not of the level that it has to be of; provinces are only renamed and recoded.</summary>
    WrongLevel,

    /// <summary>A name is empty or longer than 50 characters.</summary>
    NoName,

    /// <summary>A code is borne by another division on that day or later.</summary>
    CodeInUse,

    /// <summary>There is a division already that was first known by this code in this year.</summary>
    IdTaken,

    /// <summary>It is so already.</summary>
    NothingChanges,

    /// <summary>Divisions that are there lie below one that is to be abolished.</summary>
    LivingBelow,

    /// <summary>What is given to a part does not lie below the division that is split.</summary>
    NotBelow,

    /// <summary>It names a division or gives a code twice, or merges a division into itself.</summary>
    NamedTwice,

    /// <summary>It names no division where there must be one.</summary>
    NamesNone,
}
