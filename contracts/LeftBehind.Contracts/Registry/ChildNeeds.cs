namespace LeftBehind.Contracts.Registry;

/// <summary>Grounds on which a child is in difficulty (国发〔2016〕36号; 事实无人抚养: 民发〔2019〕62号). Several may hold.</summary>
[Flags]
public enum Difficulties { None = 0, SeriousIllness = 1, SevereDisability = 2, DeFactoUnsupported = 4, Hardship = 8, GuardianMissing = 16 }

/// <summary>Grade on the certificate of disability (GB/T 26341-2010); 1 is the gravest, 1 and 2 are severe (重度).</summary>
public enum DisabilityGrade { None, Grade1, Grade2, Grade3, Grade4 }

/// <summary>Kind of disability on the certificate (GB/T 26341-2010): 视力, 听力, 言语, 肢体, 智力, 精神, 多重.</summary>
public enum DisabilityKind { Visual = 1, Hearing, Speech, Physical, Intellectual, Mental, Multiple }

/// <summary>Whether a child is ill, and how gravely (患病 / 重病).</summary>
public enum Illness { None, Ill, Serious }

/// <summary>Aid that civil affairs grant: 低保, 特困供养, 临时救助, 医疗救助, 孤儿和事实无人抚养儿童基本生活补贴. Several may run.</summary>
[Flags]
public enum AidKinds { None = 0, MinimumLiving = 1, ExtremePoverty = 2, Temporary = 4, Medical = 8, BasicLivingAllowance = 16 }

/// <summary>The legal guardian (民法典 §27, §32); Missing when nobody is (监护缺失).</summary>
public enum GuardianKind { Parents = 1, Grandparents, OtherRelative, VillageOrCivilAffairs, Missing }

/// <summary>Why a closed file was opened again.</summary>
public enum ReopenReason { MovedBack = 1, ClosedInError, BirthDateCorrected }

/// <summary>Why a category was gained, lost or changed. Several may come together, as when a missing parent turns up at work.</summary>
[Flags]
public enum CategoryReasons
{
    /// <summary>None was found.</summary>
    None = 0,
    /// <summary>A parent's absence for work began to count.</summary>
    ParentsLeft = 1,
    /// <summary>A parent is back home.</summary>
    ParentReturned = 2,
    /// <summary>The child moved to where it is not rural any more.</summary>
    MovedWithParents = 4,
    /// <summary>The 16th birthday.</summary>
    AgedOut = 8,
    /// <summary>A ground of difficulty was found.</summary>
    DifficultyFound = 16,
    /// <summary>A ground of difficulty ended.</summary>
    DifficultyEnded = 32,
    /// <summary>A parent lost guardianship capacity.</summary>
    ParentLostCapacity = 64,
    /// <summary>A parent has guardianship capacity again.</summary>
    CarerCapacityRestored = 128,
    /// <summary>The child moved to where it is rural.</summary>
    MovedToRural = 256,
    /// <summary>What the rule asks is known now, or is told otherwise: birth date, residency, a parent's status.</summary>
    FactsCorrected = 512,
    /// <summary>The rule itself changed.</summary>
    RuleChanged = 1024,
    /// <summary>A closed file was opened again.</summary>
    FileReopened = 2048,
}
